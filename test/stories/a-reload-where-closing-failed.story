# closing fails: a reload moves the sessions into an old worker, where they are closed once main is believed again
with reload=ha1
t=0 failed ha1 main=3 backup=1 ha2 main=4
> t=0         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E80 main  held: unconfirmed ha1
> t=1         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
t=2 ok
> t=2         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=3         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  reload ha1
t=4 ha1 main=3
> t=4..32     ha1 main=3 backup=0 old100(main=3 backup=1)   ha2 main=4 backup=0   R30 split-brain  E60 main  held: target-not-up ha1
> t=33        ha1 main=3 backup=0 old100(main=3 backup=1)   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=34        ha1 main=3 backup=0 old100(main=3 backup=1)   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/old100/backup
> t=35..36    ha1 main=3 backup=0 old100(main=3)   ha2 main=4 backup=0   R70 converged  E60 main
t=37
> t=37        ha1 main=3 backup=0 old100(main=3)   ha2 main=4 backup=0   R70 converged  E60 main
