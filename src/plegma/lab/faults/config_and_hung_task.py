"""Two faults at once: no pod gets a network on the node, and a process hangs in its kernel."""

from plegma.lab.faults.config_gone import FAULT as CONFIG
from plegma.lab.faults.hung_task import FAULT as HUNG
from plegma.lab.scenarios import Scenario

SCENARIO = Scenario("config-and-hung-task", "The CNI configuration is gone while a process hangs in the kernel", (CONFIG, HUNG))
