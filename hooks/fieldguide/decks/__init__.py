"""Slides to edit: a deck for each page, made of the chapters that the editions hold."""
