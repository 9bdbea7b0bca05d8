"""A portal to try the widget on: plain pages from an origin of their own."""
