"""What happens to a notice, a found copy and a case: values and pure rules, no web, no database.

The use cases (filing, screening, reviewing, viewing, ordering, performing) read and write through
the ports of `ports`.
"""
