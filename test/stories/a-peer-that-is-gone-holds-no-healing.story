# the other sidecar is gone: what is wrong at the own proxy is closed all the same
with drive=ha1
t=0 ha1 main=4 ha2 main=4 peer=main
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0 peer=main   R70 converged  E62 main
> t=1..2      ha1 main=4 backup=0   ha2 main=4 backup=0 peer=main   R70 converged  E60 main
t=3 ha2 peer=unseen ha1 backup=1
> t=3         ha1 main=4 backup=1   ha2 main=4 backup=0 peer=unseen   R30 split-brain  E60 main  held: unconfirmed ha1
> t=4         ha1 main=4 backup=1   ha2 main=4 backup=0 peer=unseen   R30 split-brain  E60 main  close ha1/backup
> t=5..7      ha1 main=4 backup=0   ha2 main=4 backup=0 peer=unseen   R70 converged  E60 main
t=8
> t=8         ha1 main=4 backup=0   ha2 main=4 backup=0 peer=unseen   R70 converged  E60 main
