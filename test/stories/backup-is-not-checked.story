# backup has no health check: sessions on it are brought back to main, and main's failure leaves no producer
t=0 ha1 main=4 backup:no_check ha2 main=4 backup:no_check
> t=0         ha1 main=4 backup:no_check=0   ha2 main=4 backup:no_check=0   R70 converged  E70 main
> t=1..4      ha1 main=4 backup:no_check=0   ha2 main=4 backup:no_check=0   R70 converged  E60 main
t=5 ha1 main=3 backup=1
> t=5         ha1 main=3 backup:no_check=1   ha2 main=4 backup:no_check=0   R30 split-brain  E60 main  held: unconfirmed ha1
> t=6         ha1 main=3 backup:no_check=1   ha2 main=4 backup:no_check=0   R30 split-brain  E60 main  close ha1/backup
> t=7..9      ha1 main=3 backup:no_check=0   ha2 main=4 backup:no_check=0   R70 converged  E60 main
t=10 ha1 main:DOWN=0 backup=4 ha2 main:DOWN=0 backup=4
> t=10        ha1 main:DOWN=0 backup:no_check=4   ha2 main:DOWN=0 backup:no_check=4   R20 no-producer  E60 main  held: target-not-up ha1, target-not-up ha2
t=11
> t=11        ha1 main:DOWN=0 backup:no_check=4   ha2 main:DOWN=0 backup:no_check=4   R20 no-producer  E60 main  held: target-not-up ha1, target-not-up ha2
