# drive=ha2: the same sight as the sidecar beside ha1 has, the same target, and the other half of the work
with drive=ha2
t=0 ha1 backup=4 ha2 main=1 backup=3
> t=0         ha1 main=0 backup=4   ha2 main=1 backup=3   R30 split-brain  E80 main  held: not-driver ha1, unconfirmed ha1, unconfirmed ha2
> t=1         ha1 main=0 backup=4   ha2 main=1 backup=3   R30 split-brain  E60 main  held: not-driver ha1  close ha2/backup
> t=2..4      ha1 main=0 backup=4   ha2 main=1 backup=0   R30 split-brain  E60 main  held: not-driver ha1
t=5 ha1 backup=0
> t=5         ha1 main=0 backup=0   ha2 main=1 backup=0   R70 converged  E60 main
t=6
> t=6         ha1 main=0 backup=0   ha2 main=1 backup=0   R70 converged  E60 main
