# the socket may not close sessions: a reload, once, and the master closes what it hid
with reload=ha1,ha2 warmup=5s
t=0 ha1 level=operator main=3 backup=1 ha2 main=4
> t=0         ha1 main=3 backup=1 level=operator   ha2 main=4 backup=0   R30 split-brain  E80 main  held: unconfirmed ha1
> t=1         ha1 main=3 backup=1 level=operator   ha2 main=4 backup=0   R30 split-brain  E60 main  reload ha1
t=2 ha1 main=3
> t=2..5      ha1 main=3 backup=0 old100(main=3 backup=1) level=operator   ha2 main=4 backup=0   R30 split-brain  E60 main  held: target-not-up ha1
> t=6         ha1 main=3 backup=0 old100(main=3 backup=1) level=operator   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=7         ha1 main=3 backup=0 old100(main=3 backup=1) level=operator   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/old100/backup
> t=8..9      ha1 main=3 backup=0 old100(main=3) level=operator   ha2 main=4 backup=0   R70 converged  E60 main
t=10
> t=10        ha1 main=3 backup=0 old100(main=3) level=operator   ha2 main=4 backup=0   R70 converged  E60 main
