# closing fails, then the reload does: a restart, since it is listed; none of it waits for the cooldown
with escalate=sessions,reload,restart reload=ha1 restart=ha1
t=0 failed ha1 main=3 backup=1 ha2 main=4
> t=0         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E80 main  held: unconfirmed ha1
> t=1         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=2         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=3         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  reload ha1
> t=4         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
t=5 ok
> t=5         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  restart ha1
t=6
> t=6         ha1 main=0 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
