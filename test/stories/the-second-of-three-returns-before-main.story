# all are on the third producer: the second takes over after its wait, main after its own
with failback.after=20s cooldown=30s
servers main second:backup third:backup
t=0 ha1 main:DOWN second:DOWN third=4 ha2 main:DOWN second:DOWN third=4
> t=0         ha1 main:DOWN=0 second:DOWN=0 third=4   ha2 main:DOWN=0 second:DOWN=0 third=4   R90 failed-over  E70 third
> t=1..9      ha1 main:DOWN=0 second:DOWN=0 third=4   ha2 main:DOWN=0 second:DOWN=0 third=4   R90 failed-over  E60 third
t=10 ha1 second:UP ha2 second:UP
> t=10..29    ha1 main:DOWN=0 second=0 third=4   ha2 main:DOWN=0 second=0 third=4   R90 failed-over  E60 third  held: failback-wait
> t=30        ha1 main:DOWN=0 second=0 third=4   ha2 main:DOWN=0 second=0 third=4   R50 sticky  E40 second  held: unconfirmed ha1, unconfirmed ha2
> t=31        ha1 main:DOWN=0 second=0 third=4   ha2 main:DOWN=0 second=0 third=4   R50 sticky  E60 second  close ha1/third  close ha2/third
> t=32..34    ha1 main:DOWN=0 second=0 third=0   ha2 main:DOWN=0 second=0 third=0   R60 idle  E60 second
t=35 ha1 second=4 ha2 second=4
> t=35..39    ha1 main:DOWN=0 second=4 third=0   ha2 main:DOWN=0 second=4 third=0   R90 failed-over  E60 second
t=40 ha1 main:UP ha2 main:UP
> t=40..59    ha1 main=0 second=4 third=0   ha2 main=0 second=4 third=0   R80 holding (wait)  E60 second  held: failback-wait
> t=60        ha1 main=0 second=4 third=0   ha2 main=0 second=4 third=0   R50 sticky  E40 main  held: cooldown ha1, unconfirmed ha1, cooldown ha2, unconfirmed ha2
> t=61        ha1 main=0 second=4 third=0   ha2 main=0 second=4 third=0   R50 sticky  E60 main  close ha1/second  close ha2/second
> t=62..64    ha1 main=0 second=0 third=0   ha2 main=0 second=0 third=0   R60 idle  E60 main
t=65 ha1 main=4 ha2 main=4
> t=65        ha1 main=4 second=0 third=0   ha2 main=4 second=0 third=0   R70 converged  E60 main
t=66
> t=66        ha1 main=4 second=0 third=0   ha2 main=4 second=0 third=0   R70 converged  E60 main
