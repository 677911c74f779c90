# main returns in a hold: nobody moves until the wait ends, and then both proxies do, with their pins
with failback.after=5m
pins
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
> t=0         ha1 main:DOWN=0 backup=4   ha2 main:DOWN=0 backup=4   R90 failed-over  E70 backup  pin ha1/backup  pin ha2/backup
> t=1..39     ha1 main:DOWN=0 backup=4 pin=backup   ha2 main:DOWN=0 backup=4 pin=backup   R90 failed-over  E60 backup
t=40 ha1 main:UP ha2 main:UP
> t=40..338   ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
t=339
> t=339       ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R80 holding (wait)  E60 backup  held: failback-wait
> t=340       ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R50 sticky  E40 main  held: unconfirmed ha1, unconfirmed ha2
> t=341       ha1 main=0 backup=4 pin=backup   ha2 main=0 backup=4 pin=backup   R50 sticky  E60 main  release ha1  release ha2  close ha1/backup  close ha2/backup
t=342 ha1 main=4 ha2 main=4
> t=342       ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
