# a session appears on a third server at one proxy between two looks: both wait for the look that agrees there
with failback.after=20s
servers main second:backup third:backup
t=0 ha1 main:DOWN second=4 ha2 main:DOWN second=4
> t=0         ha1 main:DOWN=0 second=4 third=0   ha2 main:DOWN=0 second=4 third=0   R90 failed-over  E70 second
> t=1..9      ha1 main:DOWN=0 second=4 third=0   ha2 main:DOWN=0 second=4 third=0   R90 failed-over  E60 second
t=10 ha1 main:UP ha2 main:UP
> t=10..29    ha1 main=0 second=4 third=0   ha2 main=0 second=4 third=0   R80 holding (wait)  E60 second  held: failback-wait
> t=30        ha1 main=0 second=4 third=0   ha2 main=0 second=4 third=0   R50 sticky  E40 main  held: unconfirmed ha1, unconfirmed ha2
t=31 ha2 third=1
> t=31        ha1 main=0 second=4 third=0   ha2 main=0 second=4 third=1   R30 split-brain  E60 main  held: unconfirmed ha2
> t=32        ha1 main=0 second=4 third=0   ha2 main=0 second=4 third=1   R30 split-brain  E60 main  close ha1/second  close ha2/second  close ha2/third
> t=33        ha1 main=0 second=0 third=0   ha2 main=0 second=0 third=0   R60 idle  E60 main
t=34
> t=34        ha1 main=0 second=0 third=0   ha2 main=0 second=0 third=0   R60 idle  E60 main
