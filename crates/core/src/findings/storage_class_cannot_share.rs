use super::{Definition, Example, Found, Lesson, Releases, Situation, Words};
use crate::Severity;
use crate::manifest::Sharing;

pub(super) static FINDING: Definition = Definition {
    id: "storage-class-cannot-share",
    severity: Severity::Error,
    releases: Releases::to("main-871"),
    check,
    ..Definition::BASE
};

pub(super) static WORDS: Words = Words {
    title: "The storage class cannot share",
    why: "The claim stays Pending, and no pod that mounts it starts.",
    action: "Name a class backed by a file system that is shared: NFS, EFS, Filestore, Azure Files, CephFS, Longhorn with \
             RWX.",
    verify: &[
        (
            "The driver behind the class.",
            "kubectl get storageclass -o custom-columns=NAME:.metadata.name,PROVISIONER:.provisioner,DEFAULT:.metadata.annotations.storageclass\\.kubernetes\\.io/is-default-class",
        ),
        (
            "A claim that the driver refuses stays Pending and says why.",
            "kubectl -n lobu describe pvc lobu-app-workspaces",
        ),
    ],
    source: "The drivers' documentation: Amazon EBS, Google Persistent Disk, Azure Disk, Rancher local-path",
};

pub(super) static LESSON: Lesson = Lesson {
    about: "accessModes is a wish; the class's driver decides. Disks in a cloud and local directories can be mounted by one \
            node: their drivers refuse a claim with ReadWriteMany, or make a volume that only pretends. Without a class name \
            the claim gets the cluster's default class, and that of most managed clusters is such a disk.",
    examples: &[
        Example {
            name: "ReadWriteMany on an EBS class",
            values: "app:\n  workspaces:\n    accessModes: [ReadWriteMany]\n    storageClass: gp3\n",
            ..Example::BASE
        },
        Example {
            name: "ReadWriteMany on the default class",
            values: "app:\n  workspaces:\n    accessModes: [ReadWriteMany]\n",
            ..Example::BASE
        },
        Example {
            name: "ReadWriteMany on a class that Rollcast does not know",
            values: "app:\n  workspaces:\n    accessModes: [ReadWriteMany]\n    storageClass: shared\n",
            expected: 0,
            ..Example::BASE
        },
    ],
};

/// Names under which clusters come with, or guides install, a class that one node at a time can mount; with its driver.
const ONE_NODE_CLASSES: &[(&str, &str)] = &[
    ("gp2", "Amazon EBS"),
    ("gp3", "Amazon EBS"),
    ("ebs-sc", "Amazon EBS"),
    ("standard-rwo", "Google Persistent Disk"),
    ("premium-rwo", "Google Persistent Disk"),
    ("managed-csi", "Azure Disk"),
    ("managed-csi-premium", "Azure Disk"),
    ("managed-premium", "Azure Disk"),
    ("do-block-storage", "DigitalOcean Volumes"),
    ("hcloud-volumes", "Hetzner Volumes"),
    ("linode-block-storage", "Linode Block Storage"),
    ("vultr-block-storage", "Vultr Block Storage"),
    ("scw-bssd", "Scaleway Block Storage"),
    ("local-path", "Rancher local-path"),
    ("openebs-hostpath", "OpenEBS hostpath"),
    ("microk8s-hostpath", "MicroK8s hostpath"),
    ("rook-ceph-block", "Ceph RBD"),
];

fn check(situation: &Situation<'_>) -> Vec<Found> {
    let Some(claim) = &situation.manifest.claim else {
        return Vec::new();
    };
    if situation.sharing() != Some(Sharing::ManyNodes) {
        return Vec::new();
    }
    let (what, severity) = match claim.storage_class.as_deref() {
        Some(class) => match ONE_NODE_CLASSES.iter().find(|(name, _)| *name == class) {
            Some((_, driver)) => (
                format!(
                    "\"{class}\" is the usual name of a class of {driver}, which one node at a time can mount. If yours is \
                     another driver, this does not apply."
                ),
                Severity::Error,
            ),
            None => return Vec::new(),
        },
        None => (
            "The claim names no class, so it gets the cluster's default, and that is a disk for one node on most managed \
             clusters."
                .to_owned(),
            Severity::Warning,
        ),
    };
    Found::new(what)
        .severity(severity)
        .on(situation.evidence("app.workspaces.storageClass"))
        .on(situation.evidence("app.workspaces.accessModes"))
        .one()
}
