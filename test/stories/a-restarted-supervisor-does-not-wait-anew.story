# main has been up for a day by HAProxy's own word: a supervisor that starts now fails back after split.after
t=0 ha1 backup=4 ha2 backup=4
> t=0         ha1 main=0 backup=4   ha2 main=0 backup=4   R80 holding (wait)  E70 backup  held: failback-wait
> t=1..2      ha1 main=0 backup=4   ha2 main=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
> t=3         ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E40 main  held: unconfirmed ha1, unconfirmed ha2
> t=4         ha1 main=0 backup=4   ha2 main=0 backup=4   R50 sticky  E60 main  close ha1/backup  close ha2/backup
> t=5..9      ha1 main=0 backup=0   ha2 main=0 backup=0   R60 idle  E60 main
t=10 ha1 main=4 ha2 main=4
> t=10        ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=11
> t=11        ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
