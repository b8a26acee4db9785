"""What happens to a notice, a found copy and a case, as values and pure rules: no web, no database,
no pictures opened.

The use cases (filing, screening, reviewing, viewing, ordering, performing) read and write through
the ports of `ports`.
"""
