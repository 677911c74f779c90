# drive=ha1: the sessions at ha2 are wrong too, and are left to the supervisor beside it
with drive=ha1
t=0 ha1 backup=4 ha2 main=1 backup=3
> t=0         ha1 main=0 backup=4   ha2 main=1 backup=3   R30 split-brain  E80 main  held: unconfirmed ha1, not-driver ha2, unconfirmed ha2
> t=1         ha1 main=0 backup=4   ha2 main=1 backup=3   R30 split-brain  E60 main  held: not-driver ha2  close ha1/backup
> t=2..4      ha1 main=0 backup=0   ha2 main=1 backup=3   R30 split-brain  E60 main  held: not-driver ha2
t=5 ha2 backup=0
> t=5         ha1 main=0 backup=0   ha2 main=1 backup=0   R70 converged  E60 main
t=6
> t=6         ha1 main=0 backup=0   ha2 main=1 backup=0   R70 converged  E60 main
