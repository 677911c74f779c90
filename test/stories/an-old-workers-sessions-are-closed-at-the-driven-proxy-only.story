# a sidecar leaves the other proxy's old worker to its own supervisor, and its ladder too
with drive=ha1
t=0 ha1 backup=2 reload main=4 ha2 backup=2 reload level=user main=4 backup=1
> t=0         ha1 main=4 backup=0 old100(backup=2)   ha2 main=4 backup=1 old200(backup=2) level=user   R30 split-brain  E90 main  held: target-not-up ha1, target-not-up ha2
> t=1..29     ha1 main=4 backup=0 old100(backup=2)   ha2 main=4 backup=1 old200(backup=2) level=user   R30 split-brain  E60 main  held: target-not-up ha1, target-not-up ha2
> t=30        ha1 main=4 backup=0 old100(backup=2)   ha2 main=4 backup=1 old200(backup=2) level=user   R30 split-brain  E60 main  held: unconfirmed ha1, not-driver ha2, unconfirmed ha2
> t=31        ha1 main=4 backup=0 old100(backup=2)   ha2 main=4 backup=1 old200(backup=2) level=user   R30 split-brain  E60 main  held: not-driver ha2  close ha1/old100/backup
> t=32        ha1 main=4 backup=0   ha2 main=4 backup=1 old200(backup=2) level=user   R30 split-brain  E60 main  held: not-driver ha2
t=33
> t=33        ha1 main=4 backup=0   ha2 main=4 backup=1 old200(backup=2) level=user   R30 split-brain  E60 main  held: not-driver ha2
