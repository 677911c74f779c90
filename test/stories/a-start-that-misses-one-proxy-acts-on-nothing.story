# A start without memory in which one proxy's first look is missed: what the others show decides nothing yet.
pins
t=0 ha1 unseen main=4 ha2 backup=4
> t=0..1      ha1 unseen   ha2 main=0 backup=4   R80 holding (wait)  E70 backup  held: failback-wait, blind ha1
t=2 ha1 seen
> t=2         ha1 main=4 backup=0   ha2 main=0 backup=4   R30 split-brain  E80 main  held: unconfirmed ha2
> t=3         ha1 main=4 backup=0   ha2 main=0 backup=4   R30 split-brain  E60 main  close ha2/backup
> t=4         ha1 main=4 backup=0   ha2 main=0 backup=0   R70 converged  E60 main
t=5
> t=5         ha1 main=4 backup=0   ha2 main=0 backup=0   R70 converged  E60 main
