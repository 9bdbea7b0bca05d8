"""Question sets, metrics, comparison with peers, reports. Run as `python -m evals`; nothing imports it."""
