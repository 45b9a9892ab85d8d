"""The poster for a village hall."""
