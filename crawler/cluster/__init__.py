"""Many machines: what is due becomes jobs in a queue on PostgreSQL, and workers anywhere do them.

The queue holds no truth: what is due stands in the store, so that a job that is lost, or done twice, changes nothing.
"""
