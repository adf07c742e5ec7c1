"""Two faults at once that have nothing to do with each other."""

from plegma.lab.faults.app_exit import FAULT as CRASH
from plegma.lab.faults.disk_broken import FAULT as DISK
from plegma.lab.scenarios import Scenario

SCENARIO = Scenario("crash-and-disk", "An application that crashes, on a node whose disk is failing", (CRASH, DISK))
