# the old worker's last session ends before the second look: there is nothing to close
t=0 ha1 backup=1 reload main=3 ha2 main=4
> t=0         ha1 main=3 backup=0 old100(backup=1)   ha2 main=4 backup=0   R30 split-brain  E90 main  held: target-not-up ha1
> t=1..29     ha1 main=3 backup=0 old100(backup=1)   ha2 main=4 backup=0   R30 split-brain  E60 main  held: target-not-up ha1
> t=30        ha1 main=3 backup=0 old100(backup=1)   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
t=31 ha1 old.backup=0
> t=31..32    ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=33
> t=33        ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
