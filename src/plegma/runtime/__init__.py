"""The agent on a real CRI runtime, in real time, and a containerd of one's own to run it on.

Decisions come from `agent.step` only; what lies here carries them out and tells the agent what came of it. It must never
hang: every call has a deadline. It imports agent, clients and model, nothing else of plegma. It needs the extra `runtime`.
"""
