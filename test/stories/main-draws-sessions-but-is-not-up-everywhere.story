# main draws sessions at one proxy while it is down at the other: nobody is moved until it is up everywhere
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup
> t=1..9      ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E60 backup
t=10 ha1 main:UP
> t=10..19    ha1 main=0 backup=4   ha2 main:DOWN=0 backup=4   R80 holding (wait)  E60 backup  held: failback-wait
t=20 ha1 main=4 backup=0
> t=20        ha1 main=4 backup=0   ha2 main:DOWN=0 backup=4   R30 split-brain  E60 backup  held: failback-wait, unconfirmed ha1, not-steerable ha1
> t=21..299   ha1 main=4 backup=0   ha2 main:DOWN=0 backup=4   R30 split-brain  E60 backup  held: failback-wait, not-steerable ha1
t=300 ha2 main:UP
> t=300..302  ha1 main=4 backup=0   ha2 main=0 backup=4   R30 split-brain  E60 backup  held: failback-wait, not-steerable ha1
> t=303       ha1 main=4 backup=0   ha2 main=0 backup=4   R30 split-brain  E50 main  held: unconfirmed ha2
> t=304       ha1 main=4 backup=0   ha2 main=0 backup=4   R30 split-brain  E60 main  close ha2/backup
t=305
> t=305       ha1 main=4 backup=0   ha2 main=0 backup=0   R70 converged  E60 main
