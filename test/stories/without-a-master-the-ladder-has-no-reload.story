# no master socket: a reload would hide the sessions for good, and the next rung is the restart that is listed
with escalate=sessions,reload,restart reload=ha1 restart=ha1
t=0 failed ha1 no-master main=3 backup=1 ha2 main=4
> t=0         ha1 main=3 backup=1 no-master   ha2 main=4 backup=0   R30 split-brain  E80 main  held: unconfirmed ha1
> t=1         ha1 main=3 backup=1 no-master   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
t=2 ok
> t=2         ha1 main=3 backup=1 no-master   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=3         ha1 main=3 backup=1 no-master   ha2 main=4 backup=0   R30 split-brain  E60 main  restart ha1
> t=4         ha1 main=0 backup=0 no-master   ha2 main=4 backup=0   R70 converged  E60 main
t=5
> t=5         ha1 main=0 backup=0 no-master   ha2 main=4 backup=0   R70 converged  E60 main
