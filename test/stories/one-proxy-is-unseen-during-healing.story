# one proxy is frozen while the other has sessions on both producers: the other is healed, nothing waits for the frozen one
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha2 unseen
> t=10..19    ha1 main=4 backup=0   ha2 unseen   R70 converged  E60 main
t=20 ha1 main=3 backup=1
> t=20        ha1 main=3 backup=1   ha2 unseen   R30 split-brain  E60 main  held: unconfirmed ha1, blind ha2
> t=21        ha1 main=3 backup=1   ha2 unseen   R30 split-brain  E60 main  held: blind ha2  close ha1/backup
> t=22..29    ha1 main=3 backup=0   ha2 unseen   R70 converged  E60 main
t=30 ha2 seen main=2 backup=2
> t=30        ha1 main=3 backup=0   ha2 main=2 backup=2   R30 split-brain  E60 main  held: unconfirmed ha2
> t=31        ha1 main=3 backup=0   ha2 main=2 backup=2   R30 split-brain  E60 main  close ha2/backup
t=32
> t=32        ha1 main=3 backup=0   ha2 main=2 backup=0   R70 converged  E60 main
