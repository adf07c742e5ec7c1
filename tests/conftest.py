"""What holds for all tests."""

from hypothesis import HealthCheck, settings

settings.register_profile("plegma", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("plegma")  # no test is timed: a busy machine is slow, and proves nothing
