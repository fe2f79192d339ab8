"""Drawings made from data, as SVG."""
