use clap::ValueEnum;
use rollcast_core::{Cluster, Placement, Seconds};

const HEADING: &str = "Assumptions (SECONDS: one figure, or earliest,likely,latest)";

/// What only the operator knows about the cluster. What is not given is assumed, and every answer says so.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct ClusterArgs {
    /// From a pod's creation to its container's start: scheduling, attaching, pulling
    #[arg(long, value_name = "SECONDS", value_parser = seconds, help_heading = HEADING)]
    scheduling: Option<Seconds>,

    /// From the container's start until the app answers its readiness path
    #[arg(long, value_name = "SECONDS", value_parser = seconds, help_heading = HEADING)]
    boot: Option<Seconds>,

    /// From SIGTERM until the app has exited by itself
    #[arg(long, value_name = "SECONDS", value_parser = seconds, help_heading = HEADING)]
    shutdown: Option<Seconds>,

    /// From a pod's readiness or deletion until every proxy knows
    #[arg(long, value_name = "SECONDS", value_parser = seconds, help_heading = HEADING)]
    propagation: Option<Seconds>,

    /// Detaching a ReadWriteOnce volume from the old node and attaching it to the new one
    #[arg(long, value_name = "SECONDS", value_parser = seconds, help_heading = HEADING)]
    reattach: Option<Seconds>,

    /// Where the new pod lands
    #[arg(long, value_enum, help_heading = HEADING)]
    placement: Option<PlacementArg>,

    /// The API server's version, such as 1.34
    #[arg(long, value_name = "VERSION", value_parser = minor, help_heading = HEADING)]
    kubernetes: Option<u32>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum PlacementArg {
    /// Not known: both outcomes are shown
    Unknown,
    /// Always the same node: one-node cluster, local volume, node selector
    SameNode,
    /// Another node
    OtherNode,
}

impl ClusterArgs {
    pub(crate) fn cluster(&self) -> Cluster {
        let assumed = Cluster::default();
        Cluster {
            scheduling: self.scheduling.unwrap_or(assumed.scheduling),
            boot: self.boot.unwrap_or(assumed.boot),
            shutdown: self.shutdown.unwrap_or(assumed.shutdown),
            propagation: self.propagation.unwrap_or(assumed.propagation),
            reattach: self.reattach.unwrap_or(assumed.reattach),
            placement: self.placement.map_or(assumed.placement, |placement| match placement {
                PlacementArg::Unknown => Placement::Unknown,
                PlacementArg::SameNode => Placement::SameNode,
                PlacementArg::OtherNode => Placement::OtherNode,
            }),
            kubernetes: self.kubernetes.unwrap_or(assumed.kubernetes),
        }
    }
}

/// Reads one figure or three; whether they are in range and in order is for the core to say.
fn seconds(text: &str) -> Result<Seconds, String> {
    let figures: Result<Vec<f64>, _> = text.split(',').map(|figure| figure.trim().parse()).collect();
    match figures.as_deref() {
        Ok(&[only]) => Ok(Seconds::new(only, only, only)),
        Ok(&[earliest, likely, latest]) => Ok(Seconds::new(earliest, likely, latest)),
        _ => Err("give one figure (8) or three (5,8,20: earliest, likely, latest)".to_owned()),
    }
}

/// The minor version in what `kubectl version` prints: `v1.33.2`, `1.34`.
fn minor(text: &str) -> Result<u32, String> {
    let version = text.strip_prefix('v').unwrap_or(text);
    version
        .strip_prefix("1.")
        .and_then(|rest| rest.split('.').next()?.parse().ok())
        .ok_or_else(|| "give a version of Kubernetes such as 1.34".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_figure_or_three() {
        assert_eq!(seconds("8"), Ok(Seconds::new(8.0, 8.0, 8.0)));
        assert_eq!(seconds("0.5, 8,20"), Ok(Seconds::new(0.5, 8.0, 20.0)));
        for text in ["", "8s", "5,8", "1,2,3,4", "5-20"] {
            assert!(seconds(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_minor_version_counts() {
        assert_eq!(minor("1.34"), Ok(34));
        assert_eq!(minor("v1.33.2"), Ok(33));
        for text in ["", "34", "2.1", "1.x", "1."] {
            assert!(minor(text).is_err(), "{text}");
        }
    }
}
