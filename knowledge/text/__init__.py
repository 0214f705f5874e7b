"""Words: normalising, tokens, stems, English."""
