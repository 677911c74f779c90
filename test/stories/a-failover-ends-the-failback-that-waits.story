# main and the second die while a failback waits for its second look: the failover is not all or nothing, each proxy does what it can
with failback.after=20s
servers main second:backup third:backup
t=0 ha1 main:DOWN second=4 ha2 main:DOWN second=4
> t=0         ha1 main:DOWN=0 second=4 third=0   ha2 main:DOWN=0 second=4 third=0   R90 failed-over  E70 second
> t=1..9      ha1 main:DOWN=0 second=4 third=0   ha2 main:DOWN=0 second=4 third=0   R90 failed-over  E60 second
t=10 ha1 main:UP ha2 main:UP
> t=10..29    ha1 main=0 second=4 third=0   ha2 main=0 second=4 third=0   R80 holding (wait)  E60 second  held: failback-wait
> t=30        ha1 main=0 second=4 third=0   ha2 main=0 second=4 third=0   R50 sticky  E40 main  held: unconfirmed ha1, unconfirmed ha2
t=31 ha1 main:DOWN second:DOWN ha2 main:DOWN second:DOWN third:UP_1/2
> t=31        ha1 main:DOWN=0 second:DOWN=4 third=0   ha2 main:DOWN=0 second:DOWN=4 third:UP_1/2=0   R50 sticky  E20 third  held: unconfirmed ha1, target-not-up ha2
> t=32        ha1 main:DOWN=0 second:DOWN=4 third=0   ha2 main:DOWN=0 second:DOWN=4 third:UP_1/2=0   R50 sticky  E60 third  held: target-not-up ha2  close ha1/second
> t=33..34    ha1 main:DOWN=0 second:DOWN=0 third=0   ha2 main:DOWN=0 second:DOWN=4 third:UP_1/2=0   R50 sticky  E60 third  held: target-not-up ha2
t=35 ha2 third:UP
> t=35        ha1 main:DOWN=0 second:DOWN=0 third=0   ha2 main:DOWN=0 second:DOWN=4 third=0   R50 sticky  E60 third  held: unconfirmed ha2
> t=36        ha1 main:DOWN=0 second:DOWN=0 third=0   ha2 main:DOWN=0 second:DOWN=4 third=0   R50 sticky  E60 third  close ha2/second
> t=37        ha1 main:DOWN=0 second:DOWN=0 third=0   ha2 main:DOWN=0 second:DOWN=0 third=0   R60 idle  E60 third
t=38
> t=38        ha1 main:DOWN=0 second:DOWN=0 third=0   ha2 main:DOWN=0 second:DOWN=0 third=0   R60 idle  E60 third
