# one proxy is unseen and main is down at the other: when sight returns, main was only cut off, and nobody is moved off it
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha2 unseen
> t=10..14    ha1 main=4 backup=0   ha2 unseen   R70 converged  E60 main
t=15 ha1 main:DOWN=0 backup=4
> t=15        ha1 main:DOWN=0 backup=4   ha2 unseen   R90 failed-over  E20 backup
> t=16..24    ha1 main:DOWN=0 backup=4   ha2 unseen   R90 failed-over  E60 backup
t=25 ha2 seen
> t=25        ha1 main:DOWN=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 backup  held: failback-wait, unconfirmed ha2, not-steerable ha2
> t=26..34    ha1 main:DOWN=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 backup  held: failback-wait, not-steerable ha2
t=35 ha1 main:UP
> t=35..37    ha1 main=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 backup  held: failback-wait, not-steerable ha2
> t=38        ha1 main=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E40 main  held: unconfirmed ha1
> t=39        ha1 main=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=40..41    ha1 main=0 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=42
> t=42        ha1 main=0 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
