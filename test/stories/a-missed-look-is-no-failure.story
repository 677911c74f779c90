# the only proxy that shows main up is missed for one look: that is no failure of main; three seconds later it would be
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1..9      ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=10 ha1 main:DOWN=0 backup=4
> t=10..19    ha1 main:DOWN=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E30 main  held: target-not-up ha1
t=20 ha2 unseen
> t=20        ha1 main:DOWN=0 backup=4   ha2 unseen   R50 sticky  E60 main  held: target-not-up ha1
t=21 ha2 seen
> t=21..29    ha1 main:DOWN=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E30 main  held: target-not-up ha1
t=30 ha2 unseen
> t=30..32    ha1 main:DOWN=0 backup=4   ha2 unseen   R50 sticky  E60 main  held: target-not-up ha1
> t=33        ha1 main:DOWN=0 backup=4   ha2 unseen   R90 failed-over  E20 backup
> t=34        ha1 main:DOWN=0 backup=4   ha2 unseen   R90 failed-over  E60 backup
t=35 ha2 seen
> t=35        ha1 main:DOWN=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 backup  held: failback-wait, unconfirmed ha2, not-steerable ha2
> t=36..39    ha1 main:DOWN=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 backup  held: failback-wait, not-steerable ha2
t=40 ha1 main:UP
> t=40..42    ha1 main=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 backup  held: failback-wait, not-steerable ha2
> t=43        ha1 main=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E40 main  held: unconfirmed ha1
> t=44        ha1 main=0 backup=4   ha2 main=4 backup=0   R30 split-brain  E60 main  close ha1/backup
> t=45        ha1 main=0 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=46
> t=46        ha1 main=0 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
