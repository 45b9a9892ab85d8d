"""The rules of the field as plain functions: values and `now` in, values out; no clock, no I/O."""
