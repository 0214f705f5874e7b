"""How densely texts lie about a question: whether what surrounds it is what is answered, or what is not.

A sum of kernels over all texts of a sort (kernel density estimation, Parzen 1962) with exp(cosine / width), the kernel of
von Mises and Fisher, which is that of directions. The nearest text alone may be near by chance.
"""

from __future__ import annotations

import numpy as np

from knowledge.search.rows import Floats, Places, Truths
from knowledge.tuning import Tuning

# Where nothing is there is so much, so that there is a logarithm.
_LEAST = float(np.finfo(np.float32).eps)


def beside_misses(
    asks: Floats, firsts: Places, counts: Places, is_gap: Truths, misses: Floats, tuning: Tuning, width: float
) -> tuple[Floats, float]:
    """Return for each entry, and for all facts together, by how much denser its asks lie about a question than what nothing
    answers does: as a logarithm.

    `asks` are the cosines with the asks of the entries, of which those of each begin at `firsts`, one for an entry without;
    `counts` says how many it has, and each counts as if it had as many as the others. `misses` are the cosines with near
    misses, beside which the asks of gaps count too.
    """
    each = np.add.reduceat(_kernel(asks, width), firsts) + _LEAST
    others = float(_kernel(misses, width).sum() + each[is_gap].sum()) + _LEAST
    together = float(np.log((each[~is_gap].sum() + _LEAST) / others))
    ratios = np.log(each * tuning.asks_of_a_fact / (np.maximum(counts, 1) * others))
    return np.where(counts > 0, ratios, tuning.without_asks).astype(np.float32), together


def _kernel(cosines: Floats, width: float) -> Floats:
    near: Floats = np.exp((cosines - 1) / width)
    return near
