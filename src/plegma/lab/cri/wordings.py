"""What docker (through dockershim) and containerd answer, from their sources; {fields} are filled in where it is told."""

DEADLINE = "rpc error: code = DeadlineExceeded desc = context deadline exceeded"
REFUSED = {
    "docker": "rpc error: code = Unknown desc = Cannot connect to the Docker daemon at unix:///var/run/docker.sock. "
    "Is the docker daemon running?",
    "containerd": 'rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix '
    '/run/containerd/containerd.sock: connect: no such file or directory"',  # containerd removes its socket when it is stopped
}
ADD = {
    "docker": 'rpc error: code = Unknown desc = failed to set up sandbox container "{sandbox}" network for pod "{pod}": '
    'NetworkPlugin cni failed to set up pod "{pod}_{namespace}" network: {text}',
    "containerd": 'rpc error: code = Unknown desc = failed to setup network for sandbox "{sandbox}": '
    'plugin type="{plugin}" failed (add): {text}',
}
DEL = {
    "docker": 'rpc error: code = Unknown desc = NetworkPlugin cni failed to teardown pod "{pod}_{namespace}" network: {text}',
    "containerd": 'rpc error: code = Unknown desc = failed to destroy network for sandbox "{sandbox}": '
    'plugin type="{plugin}" failed (delete): {text}',
}
UNCONFIGURED = {"docker": "cni config uninitialized", "containerd": "cni plugin not initialized"}
UNCONFIGURED_ADD = {
    "docker": ADD["docker"],
    "containerd": 'rpc error: code = Unknown desc = failed to setup network for sandbox "{sandbox}": {text}',
}
UNCONFIGURED_DEL = {
    "docker": DEL["docker"],
    "containerd": 'rpc error: code = Unknown desc = failed to destroy network for sandbox "{sandbox}": {text}',
}
RESERVED = 'rpc error: code = Unknown desc = failed to reserve sandbox name "{name}": name "{name}" is reserved for "{sandbox}"'
REMOVING = (
    'rpc error: code = Unknown desc = failed to remove container "{id}": Error response from daemon: '
    "removal of container {id} is already in progress"
)
_SNAPSHOT = (
    "rpc error: code = Unknown desc = failed to create containerd container: failed to create prepare snapshot dir: "
    "failed to create temp dir: "
    "mkdir /var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/new-{number}: read-only file system"
)
READ_ONLY = {
    "docker": {
        "RunPodSandbox": 'rpc error: code = Unknown desc = failed to create a sandbox for pod "{pod}": Error response from daemon: '
        "mkdir /var/lib/docker/overlay2/{layer}-init: read-only file system",
        "CreateContainer": "Error response from daemon: mkdir /var/lib/docker/overlay2/{layer}-init: read-only file system",
        "PullImage": "rpc error: code = Unknown desc = open /var/lib/docker/tmp/GetImageBlob{number}: read-only file system",
    },
    "containerd": {
        "RunPodSandbox": _SNAPSHOT,
        "CreateContainer": _SNAPSHOT,
        "PullImage": 'rpc error: code = Unknown desc = failed to pull and unpack image "{image}": failed to copy: failed to open writer: '
        "mkdir /var/lib/containerd/io.containerd.content.v1.content/ingest/{layer}: read-only file system",
    },
}
