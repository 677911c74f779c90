# a round that comes three seconds late is no stall, one of four is
with confirm=1
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
t=3 stall ha1 main=3 backup=1
> t=3         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
t=4
> t=4         ha1 main=3 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=8 stall ha2 main=3 backup=1
> t=8         ha1 main=3 backup=0   ha2 main=3 backup=1   R30 split-brain  E60 main  held: stalled ha2
t=9
> t=9         ha1 main=3 backup=0   ha2 main=3 backup=1   R30 split-brain  E60 main  held: stalled ha2
> t=10        ha1 main=3 backup=0   ha2 main=3 backup=1   R30 split-brain  E60 main  close ha2/backup
> t=11        ha1 main=3 backup=0   ha2 main=3 backup=0   R70 converged  E60 main
t=12
> t=12        ha1 main=3 backup=0   ha2 main=3 backup=0   R70 converged  E60 main
