# three proxies, main is cut off from two of them: nobody is moved off it, and the two come back as each can reach it
proxies ha1 ha2 ha3
t=0 ha1 main=4 ha2 main=4 ha3 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   ha3 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   ha3 main=4 backup=0   R70 converged  E60 main
t=10 ha1 main:DOWN=0 backup=4 ha2 main:DOWN=0 backup=4
> t=10..19    ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   ha3 main=4 backup=0   R30 split-brain  E30 main  held: target-not-up ha1, target-not-up ha2
t=20 ha1 main:UP
> t=20        ha1 main=0 backup=4   ha2 main:DOWN=0 backup=4   ha3 main=4 backup=0   R30 split-brain  E30 main  held: unconfirmed ha1, target-not-up ha2
> t=21        ha1 main=0 backup=4   ha2 main:DOWN=0 backup=4   ha3 main=4 backup=0   R30 split-brain  E30 main  held: target-not-up ha2  close ha1/backup
> t=22..29    ha1 main=0 backup=0   ha2 main:DOWN=0 backup=4   ha3 main=4 backup=0   R30 split-brain  E30 main  held: target-not-up ha2
t=30 ha2 main:UP
> t=30        ha1 main=0 backup=0   ha2 main=0 backup=4   ha3 main=4 backup=0   R30 split-brain  E60 main  held: unconfirmed ha2
> t=31        ha1 main=0 backup=0   ha2 main=0 backup=4   ha3 main=4 backup=0   R30 split-brain  E60 main  close ha2/backup
> t=32        ha1 main=0 backup=0   ha2 main=0 backup=0   ha3 main=4 backup=0   R70 converged  E60 main
t=33
> t=33        ha1 main=0 backup=0   ha2 main=0 backup=0   ha3 main=4 backup=0   R70 converged  E60 main
