"""Fitting linear models: the least of a convex loss, by L-BFGS-B, from nothing, so that the same data make the same weights."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Floats = NDArray[np.float64]
Loss = Callable[[Floats], tuple[float, Floats]]
Bounds = Sequence[tuple[float | None, float | None]]


def least(loss: Loss, size: int, drawn: float, bounds: Bounds | None = None) -> Floats:
    """Return the weights of the least loss within `bounds`, drawn to nothing by `drawn` times the sum of their squares."""

    def penalised(weights: Floats) -> tuple[float, Floats]:
        value, slope = loss(weights)
        return value + drawn * float(weights @ weights), slope + 2 * drawn * weights

    found = minimize(
        penalised,
        np.zeros(size),
        jac=True,
        method="L-BFGS-B",
        bounds=bounds,
        options={"ftol": 1e-12, "maxiter": 2_000},
    )
    weights: Floats = found.x
    return weights
