# one HAProxy restarts and its relays land on both producers: nothing is closed there until its worker is believed
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 restart
> t=10..11    ha1 main=0 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=12 ha1 main=2 backup=2
> t=12..39    ha1 main=2 backup=2   ha2 main=4 backup=0   R30 split-brain  E60 main  held: target-not-up ha1
> t=40        ha1 main=2 backup=2   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=41        ha1 main=2 backup=2   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=42..44    ha1 main=2 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=45
> t=45        ha1 main=2 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
