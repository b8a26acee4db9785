"""Evidence that stands up: bundles of files, sealed so that anybody can check them without us."""
