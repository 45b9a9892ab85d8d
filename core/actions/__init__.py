"""Every change anyone can make, a file per noun: functions that take a Session and never commit."""
