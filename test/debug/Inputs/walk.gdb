set width 0
set confirm off
break walk.cpp:15
run
print step
print sum
print to
print at.y
printf "text is %s\n", text.c_str()
continue
print step
print sum
next
quit
