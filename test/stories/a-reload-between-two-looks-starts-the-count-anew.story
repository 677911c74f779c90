# the worker is another one at the second look: what was confirmed of the old one says nothing of it
with warmup=0s
t=0 ha1 main=3 backup=1 ha2 main=4
> t=0         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E80 main  held: unconfirmed ha1
t=1 ha1 restart main=3 backup=1
> t=1         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=2         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
t=3
> t=3         ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
