"""Taking the rows of the office's other lists: for each kind, what a row would do, and doing it.

Judging looks at the office's data, so that a list, or a part of it, can be given twice: what it says already is
unchanged. Taking judges again, in the transaction that changes.
"""
