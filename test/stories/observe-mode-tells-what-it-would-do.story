# mode=observe: the diagnosis and every gate are told as ever, and nothing is closed
with mode=observe
t=0 ha1 backup=4 ha2 main=4
> t=0         ha1 main=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E80 main  held: observe-only, unconfirmed ha1
> t=1..4      ha1 main=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 main  held: observe-only
t=5 ha2 main:DOWN=0 backup=4 ha1 main:DOWN
> t=5         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E20 backup
> t=6..9      ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=10 ha1 main:UP=2 ha2 main:UP=2
> t=10        ha1 main=2 backup=4   ha2 main=2 backup=4   R30 split-brain  E60 backup  held: failback-wait, observe-only, unconfirmed ha1, not-steerable ha1, unconfirmed ha2, not-steerable ha2
> t=11..12    ha1 main=2 backup=4   ha2 main=2 backup=4   R30 split-brain  E60 backup  held: failback-wait, observe-only, not-steerable ha1, not-steerable ha2
> t=13        ha1 main=2 backup=4   ha2 main=2 backup=4   R30 split-brain  E50 main  held: observe-only, unconfirmed ha1, unconfirmed ha2
> t=14..19    ha1 main=2 backup=4   ha2 main=2 backup=4   R30 split-brain  E60 main  held: observe-only
t=20 ha1 main=6 backup=0 ha2 main=6 backup=0
> t=20        ha1 main=6 backup=0   ha2 main=6 backup=0   R70 converged  E60 main
t=21
> t=21        ha1 main=6 backup=0   ha2 main=6 backup=0   R70 converged  E60 main
