"""The kubelet's decisions (`agent`) carried out on a real CRI runtime, in real time. It decides nothing itself."""
