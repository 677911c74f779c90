# standby=ha2: its own supervisor dies, its heartbeat ends, and the other one heals there; it is back, and lets go at once
with standby=ha2
pins
t=0 ha1 main=4 ha2 main=4 beat peer=main
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0 beat peer=main   R70 converged  E62 main
> t=1..4      ha1 main=4 backup=0   ha2 main=4 backup=0 beat peer=main   R70 converged  E60 main
t=5 ha2 beat
> t=5         ha1 main=4 backup=0   ha2 main=4 backup=0 beat peer=main   R70 converged  E60 main
t=6 ha2 main=3 backup=1 peer=unseen
> t=6         ha1 main=4 backup=0   ha2 main=3 backup=1 beat peer=unseen   R30 split-brain  E60 main  held: not-driver ha2, unconfirmed ha2
> t=7..14     ha1 main=4 backup=0   ha2 main=3 backup=1 beat peer=unseen   R30 split-brain  E60 main  held: not-driver ha2
> t=15        ha1 main=4 backup=0   ha2 main=3 backup=1 peer=unseen   R30 split-brain  E60 main  close ha2/backup
> t=16..17    ha1 main=4 backup=0   ha2 main=3 backup=0 peer=unseen   R70 converged  E60 main
t=18 ha2 main=4
> t=18..19    ha1 main=4 backup=0   ha2 main=4 backup=0 peer=unseen   R70 converged  E60 main
t=20 ha2 main=3 backup=1 beat
> t=20        ha1 main=4 backup=0   ha2 main=3 backup=1 beat peer=unseen   R30 split-brain  E60 main  held: not-driver ha2, cooldown ha2, unconfirmed ha2
> t=21..22    ha1 main=4 backup=0   ha2 main=3 backup=1 beat peer=unseen   R30 split-brain  E60 main  held: not-driver ha2, cooldown ha2
t=23
> t=23        ha1 main=4 backup=0   ha2 main=3 backup=1 beat peer=unseen   R30 split-brain  E60 main  held: not-driver ha2, cooldown ha2
