"""The generator of the Generative AI Field Guide: plain Python, no import of MkDocs.

Data flows one way: files under `docs/` -> checked records -> Markdown -> (MkDocs) HTML -> files.
"""
