# partial.policy is tolerate: nobody is moved off a producer that some cannot reach
with partial.policy=tolerate
pins
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 main:DOWN=0 backup=4
> t=10..99    ha1 main:DOWN=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E30 main  held: target-not-up ha1
t=100 ha1 main:UP
> t=100       ha1 main=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=101       ha1 main=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=102       ha1 main=0 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=103 ha1 main=4
> t=103       ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
