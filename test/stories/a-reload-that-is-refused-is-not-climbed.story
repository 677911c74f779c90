# the re-read refuses the reload: it is still to be tried
with reload=ha1 budget.max=3
t=0 refused ha1 level=operator main=3 backup=1 ha2 main=4
> t=0         ha1 main=3 backup=1 level=operator   ha2 main=4 backup=0   R30 split-brain  E80 main  held: unconfirmed ha1
> t=1         ha1 main=3 backup=1 level=operator   ha2 main=4 backup=0   R30 split-brain  E60 main  reload ha1
t=2 ok
> t=2         ha1 main=3 backup=1 level=operator   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=3         ha1 main=3 backup=1 level=operator   ha2 main=4 backup=0   R30 split-brain  E60 main  reload ha1
t=4
> t=4         ha1 main=0 backup=0 old100(main=3 backup=1) level=operator   ha2 main=4 backup=0   R30 split-brain  E60 main  held: target-not-up ha1
