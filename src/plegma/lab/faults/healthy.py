"""Nothing is wrong: a cluster that starts its pods and runs."""

from plegma.lab.scenarios import Scenario

SCENARIO = Scenario("healthy", "No fault", ())
