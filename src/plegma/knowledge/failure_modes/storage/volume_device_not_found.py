"""The volume is attached, but its device does not appear on the node."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="volume-device-not-found",
    layer="storage",
    role="cause",
    subject="Pod",
    title=Text("attached volume's device not found on the node", "アタッチ済みボリュームのデバイスがノードに現れない"),
    summary=Text(
        "The storage says attached, yet the kernel or udev shows no device under the expected path in time: NVMe naming or udev rule missing, SCSI rescan needed, multipath not ready, wrong zone of a Fibre Channel LUN.",
        "ストレージ側はアタッチ済みだが、期待されるデバイスパスが現れない。NVMe 名や udev ルールの欠落、SCSI の再スキャン不足、multipath の未準備、FC LUN のゾーニング誤りなどが原因。",
    ),
    signatures=(
        Signature(r"[Tt]imeout waiting for mount paths to be created", "any", "states", source="in-tree and CSI drivers"),
        Signature(r"[Cc]ould not find attached (?:AWS|Azure|GCE) ", "any", "states", source="in-tree and CSI drivers"),
        Signature(r"failed to find (?:and re-link )?disk", "any", "states", source="in-tree and CSI drivers"),
        Signature(r"[Ff]ailed to find device path", "any", "states", source="in-tree and CSI drivers"),
        Signature(r"no fc disk found", "any", "states", source="pkg/volume/fc"),
        Signature(r"[Dd]evice path \S+ (?:not found|does not exist)", "any", "states", source="CSI drivers"),
        Signature(r"code = NotFound desc = disk: [0-9a-f]+ not attached to node", "any", "states", source="vsphere-csi-driver pkg/csi/service/osutils: no /dev/disk/by-id of that UUID; the VM lacks disk.EnableUUID"),
        Signature(r"no device path for device", "any", "states", source="CSI drivers"),
        Signature(r"[Uu]nable to find (?:attached )?device", "any", "states", source="CSI drivers"),
        Signature(r"/dev/disk/by-\S+: no such file or directory", "any", "states", source="CSI drivers"),
    ),
    leads_to=(Link("volume-mount-failing", "pod", Text("WaitForAttach or NodeStageVolume finds no device", "WaitForAttach や NodeStageVolume がデバイスを見つけられない"), strength=0.9),),
    asks=(Ask("lsblk -o NAME,SERIAL,SIZE,FSTYPE,MOUNTPOINT; ls -l /dev/disk/by-id; udevadm info -q property -n /dev/<dev>; dmesg -T | tail", Text("the disk is not there, or under another name", "ディスクがない、または別名で存在する"), ("volume-multi-attach", "iscsi-login-failure", "csi-node-stage-failure", "cloud-disk-missing", "csi-attacher-not-answering"), "kernel-log"),),
    remedies=(
        Remedy("temporary", Text("rescan the bus or trigger udev; else detach and attach again (delete the pod)", "バスを再スキャンするか udev をトリガーする。だめなら Pod を削除して再アタッチする"), Text("restarts the pod", "Pod の再起動を伴う"), "udevadm trigger --subsystem-match=block; for h in /sys/class/scsi_host/*/scan; do echo '- - -' > $h; done", "lsblk"),
        Remedy("permanent", Text("the driver version and udev rules that fit the machine type and OS image", "マシンタイプと OS イメージに合ったドライバーと udev ルールを使う"), Text("none", "なし"), verify="ls -l /dev/disk/by-id", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", "failed to find and re-link disk pvc-5c with udevadm after retrying for 3s", "FailedMount"),
        hit("k8s-event", "device path /dev/vdc does not exist", "FailedMount"),
        hit("k8s-event", "unable to find device /dev/disk/by-id/scsi-0QEMU", "FailedMount"),
        hit("k8s-event", "stat /dev/disk/by-id/virtio-77aa: no such file or directory", "FailedMount"),
        hit("k8s-event", 'MountVolume.WaitForAttach failed for volume "pvc-5c" : Could not find attached AWS EBS Disk "vol-0aa". Timeout waiting for mount paths to be created.', "FailedMount"),
        hit("k8s-event", 'MountVolume.WaitForAttach failed for volume "lun7" : no fc disk found', "FailedMount"),
        hit("k8s-event", 'rpc error: code = Internal desc = Failed to find device path /dev/xvdba. nvme path "/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_vol0aa" not found', "FailedMount"),
        hit("k8s-event", "rpc error: code = Internal desc = no device path for device \"/dev/vdc\" volume \"vol-1\" found", "FailedMount"),
        hit("k8s-event", 'MountVolume.MountDevice failed for volume "pvc-5c" : rpc error: code = NotFound desc = disk: 6000c2911aa5 not attached to node', "FailedMount"),
        near_miss("k8s-event", "rpc error: code = NotFound desc = volume 5c-77 is not attached to node 0bb", "FailedMount"),
        near_miss("k8s-event", 'MountVolume.NewMounter initialization failed for volume "local" : path "/mnt/disks/ssd1" does not exist', "FailedMount"),
        near_miss("k8s-event", "timed out waiting for external-attacher of disk.csi.lab.example CSI driver to attach volume vol-1", "FailedAttachVolume"),
    ),
    versions="all",
    references=("https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/faq.md",),
)
