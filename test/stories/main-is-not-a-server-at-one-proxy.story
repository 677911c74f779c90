# one proxy's configuration has no main: it counts as down there, and the other is never moved off it
t=0 ha1 main:absent backup=4 ha2 main=4
> t=0         ha1 main:absent=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E80 backup  held: failback-wait, unconfirmed ha2, not-steerable ha2
> t=1..4      ha1 main:absent=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 backup  held: failback-wait, not-steerable ha2
t=5 ha1 backup=0
> t=5         ha1 main:absent=0 backup=0   ha2 main=4 backup=0   R50 sticky  E60 backup  held: failback-wait, not-steerable ha2
t=6
> t=6         ha1 main:absent=0 backup=0   ha2 main=4 backup=0   R50 sticky  E60 backup  held: failback-wait, not-steerable ha2
