# what a reload has hidden does not wait for the cooldown that began with the closing before it; what comes later does
with reload=ha1 warmup=0s
t=0 failed ha1 main=3 backup=1 ha2 main=4
> t=0         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E80 main  held: unconfirmed ha1
> t=1         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
t=2 ok
> t=2         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=3         ha1 main=3 backup=1   ha2 main=4 backup=0   R30 split-brain  E60 main  reload ha1
t=4 ha1 main=3 backup=2
> t=4         ha1 main=3 backup=2 old100(main=3 backup=1)   ha2 main=4 backup=0   R30 split-brain  E60 main  held: cooldown ha1, unconfirmed ha1
> t=5         ha1 main=3 backup=2 old100(main=3 backup=1)   ha2 main=4 backup=0   R30 split-brain  E60 main  held: cooldown ha1  close ha1/old100/backup
> t=6         ha1 main=3 backup=2 old100(main=3)   ha2 main=4 backup=0   R30 split-brain  E60 main  held: cooldown ha1, unconfirmed ha1
> t=7..154    ha1 main=3 backup=2 old100(main=3)   ha2 main=4 backup=0   R30 split-brain  E60 main  held: cooldown ha1
> t=155       ha1 main=3 backup=2 old100(main=3)   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=156..159  ha1 main=3 backup=0 old100(main=3)   ha2 main=4 backup=0   R70 converged  E60 main
t=160
> t=160       ha1 main=3 backup=0 old100(main=3)   ha2 main=4 backup=0   R70 converged  E60 main
