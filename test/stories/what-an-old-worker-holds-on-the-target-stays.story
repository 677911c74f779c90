# an old worker has sessions on main and on backup: those on main stay, and so does the worker
t=0 ha1 main=3 backup=1 reload main=2 ha2 main=4
> t=0         ha1 main=2 backup=0 old100(main=3 backup=1)   ha2 main=4 backup=0   R30 split-brain  E90 main  held: target-not-up ha1
> t=1..29     ha1 main=2 backup=0 old100(main=3 backup=1)   ha2 main=4 backup=0   R30 split-brain  E60 main  held: target-not-up ha1
> t=30        ha1 main=2 backup=0 old100(main=3 backup=1)   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
t=31 ha1
> t=31        ha1 main=2 backup=0 old100(main=3 backup=1)   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/old100/backup
> t=32..34    ha1 main=2 backup=0 old100(main=3)   ha2 main=4 backup=0   R70 converged  E60 main
t=35
> t=35        ha1 main=2 backup=0 old100(main=3)   ha2 main=4 backup=0   R70 converged  E60 main
